package dev.rollcall.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The secrets of the platform, made once: files that only their owner may read. */
final class Tokens {

    static final String ADMIN = "admin";
    static final String SERVICE = "service";
    static final String RELAY = "relay";
    static final String DATABASE = "database";

    private final Workspace workspace;

    Tokens(Workspace workspace) {
        this.workspace = workspace;
    }

    void create() {
        try {
            Path folder = workspace.folder("tokens");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            for (String name : List.of(ADMIN, SERVICE, RELAY, DATABASE)) {
                if (!Files.exists(workspace.token(name))) {
                    Files.createFile(
                            workspace.token(name),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    Files.writeString(workspace.token(name), random() + "\n");
                }
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + workspace.state().resolve("tokens") + ": " + e.getMessage(), e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(workspace.token(name)).strip();
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + workspace.token(name) + ": ops/rollcall up makes it", e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
