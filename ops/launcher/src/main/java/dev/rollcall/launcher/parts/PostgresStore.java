package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Exec;
import dev.rollcall.launcher.platform.Pause;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import dev.rollcall.launcher.platform.Tokens;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * PostgreSQL. It survives a power loss: acknowledged writes are on disk. It refuses to run as root, so for root it runs
 * as the user {@code nobody}.
 */
record PostgresStore(Workspace workspace, Ports ports) implements Store {

    private static final String FOLDER = Kind.POSTGRESQL.folder();

    /** A marker file: the databases are complete. */
    private static final String MADE = FOLDER + "/made";

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups");

    @Override
    public String url(String service) {
        return "jdbc:postgresql://" + ports.address(Port.STORE) + "/" + service + "?connectTimeout=2&socketTimeout=10";
    }

    @Override
    public void prepare() {
        if (Exec.show(workspace.ops("tools"), "postgres", "initdb") != 0) {
            throw new CommandFailure("ops/tools could not fetch PostgreSQL (see above)");
        }
        Tokens tokens = new Tokens(workspace);
        tokens.create(Tokens.DATABASE);
        if (Files.exists(workspace.state().resolve(MADE))) {
            return;
        }
        // an interrupted creation has left no data worth keeping
        workspace.delete(FOLDER);
        giveToNobody(workspace.createFolder(FOLDER));
        Path password = write("password", tokens.read(Tokens.DATABASE));
        run(
                new File("/dev/null"),
                "initdb",
                "--pwfile=" + password,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--pgdata=" + data());
        String databases = Service.stored().stream()
                .map(Service::serviceName)
                .map("create database \"%s\"\n"::formatted)
                .collect(Collectors.joining());
        run(write("create.sql", databases).toFile(), "postgres", "--single", "-D", data(), "postgres");
        workspace.delete(FOLDER + "/password", FOLDER + "/create.sql");
        workspace.write(MADE, "");
    }

    @Override
    public Program program() {
        List<String> command = command(
                "postgres",
                "-D",
                data(),
                "--listen_addresses=" + Ports.HOST,
                "--port=" + ports.of(Port.STORE),
                "--unix_socket_directories=",
                "--shared_buffers=32MB");
        return new Program(NAME, Port.STORE, ports, command);
    }

    private Path data() {
        return workspace.state().resolve(FOLDER).resolve("data");
    }

    private Path write(String name, String text) {
        Path file = workspace.state().resolve(FOLDER).resolve(name);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            giveToNobody(Files.writeString(file, text));
            return file;
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private void run(File input, Object... program) {
        try {
            Path log = workspace.createFolder("logs").resolve("store-creation.log");
            Process process = new ProcessBuilder(command(program))
                    .directory(workspace.state().toFile())
                    .redirectInput(input)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new CommandFailure("%s could not create the databases: see %s%s"
                        .formatted(
                                program[0],
                                log,
                                ROOT ? " (PostgreSQL runs as user nobody, who must have access to the folder)" : ""));
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot run " + program[0] + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new Pause.Interrupted(e);
        }
    }

    private List<String> command(Object... program) {
        List<String> command = new ArrayList<>(ROOT ? AS_NOBODY : List.of());
        command.add(workspace.tool(program[0].toString()).toString());
        for (int i = 1; i < program.length; i++) {
            command.add(program[i].toString());
        }
        return command;
    }

    private static void giveToNobody(Path path) {
        if (ROOT) {
            try {
                Files.setOwner(
                        path,
                        path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            } catch (IOException e) {
                throw new CommandFailure("cannot give " + path + " to nobody: " + e.getMessage(), e);
            }
        }
    }
}
