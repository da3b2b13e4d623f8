package dev.rollcall.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The platform's secrets, generated once, in files that only their owner may read. */
public final class Tokens {

    public static final String ADMIN = "admin";
    public static final String SERVICE = "service";
    public static final String RELAY = "relay";
    public static final String DATABASE = "database";

    /** Shared by alert-relay and the stand-ins for the robot and the phone provider. */
    public static final String ROBOT_TOKEN = "robot-token";

    public static final String ROBOT_SECRET = "robot-secret";
    public static final String PHONE = "phone";

    /** The token that services require of scrapers, and the one that Prometheus sends. */
    public static final String METRICS = "metrics";

    public static final String PROMETHEUS = "prometheus";

    private final Workspace workspace;

    public Tokens(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Creates the missing ones; the database's password is left to the store, which needs it for its data. */
    public void create() {
        for (String name : List.of(ADMIN, SERVICE, RELAY, PROMETHEUS, ROBOT_TOKEN, ROBOT_SECRET, PHONE)) {
            create(name);
        }
    }

    /** Creates one if it is missing. */
    public void create(String name) {
        if (!Files.exists(workspace.token(name))) {
            write(name, random());
        }
    }

    /** Whether services require a token for scrapes: they do while the file {@link #METRICS} exists. */
    public boolean areMetricsProtected() {
        return Files.exists(workspace.token(METRICS));
    }

    /** Makes services that start from now on require Prometheus's token for scrapes, or no token. */
    public void protectMetrics(boolean wanted) {
        create();
        if (!wanted) {
            workspace.delete("tokens/" + METRICS);
        } else if (!areMetricsProtected()) {
            write(METRICS, read(PROMETHEUS));
        }
    }

    public String read(String name) {
        return in(workspace.token(name));
    }

    /** The token in a file. */
    public static String in(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + file + ": ops/rollcall up creates it", e);
        }
    }

    private void write(String name, String token) {
        Path folder = workspace.createFolder("tokens");
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Files.createFile(
                    workspace.token(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(workspace.token(name), token + "\n");
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
