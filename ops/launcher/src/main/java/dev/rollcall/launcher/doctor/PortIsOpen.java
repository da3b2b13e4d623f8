package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.ServiceEntry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;

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

    private static Finding examine(ServiceEntry entry) {
        URI uri;
        try {
            uri = entry.scrapeUri();
        } catch (IllegalArgumentException e) {
            return new Finding.Blocked(
                    Line.first(String.valueOf(e.getMessage())), "register it with an address and a port that it has");
        }
        String place = uri.getAuthority();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MILLIS);
            return new Finding.Passed(place + " is open");
        } catch (UnknownHostException e) {
            return new Finding.Blocked(
                    "no address is known for the name " + uri.getHost(),
                    "register it with an address, or with a name that Prometheus's machine can resolve");
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
