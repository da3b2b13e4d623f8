package dev.rollcall.launcher.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Something listens where its metrics are said to be. */
final class PortIsOpen implements Step<Patient> {

    private static final int PATIENCE_MILLIS = 2_000;

    @Override
    public String name() {
        return "port";
    }

    @Override
    public Finding examine(Patient patient) {
        return patient.entry().map(PortIsOpen::examine).orElseGet(patient::withoutEntry);
    }

    private static Finding examine(Entry entry) {
        String place = entry.host() + ":" + entry.scrapePort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(entry.host(), entry.scrapePort()), PATIENCE_MILLIS);
            return new Finding.Passed(place + " is open");
        } catch (SocketTimeoutException e) {
            return new Finding.Blocked(
                    place + " takes no connection within 2 s",
                    "let Prometheus's machine through to it (firewall, route)");
        } catch (IOException e) {
            return new Finding.Blocked(
                    "nothing listens at %s (%s)".formatted(place, e.getMessage()),
                    entry.meta().containsKey("metrics_port")
                            ? "start it, or register it with the metrics_port that it really has"
                            : "register it with the meta metrics_port, if its metrics have a port of their own");
        }
    }
}
