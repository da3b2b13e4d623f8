package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Line;
import dev.rollcall.rollcall.ServiceEntry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;

/** Something listens at the registered address of its metrics. */
final class PortIsOpen implements Step<Patient> {

    private static final int TIMEOUT_MILLIS = 2_000;

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
                    Line.first(String.valueOf(e.getMessage())), "register it with a valid address and port");
        }
        String place = uri.getAuthority();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), TIMEOUT_MILLIS);
            return new Finding.Passed(place + " is open");
        } catch (UnknownHostException e) {
            return new Finding.Blocked(
                    "no address is known for the name " + uri.getHost(),
                    "register it with an address, or with a name that resolves on Prometheus's machine");
        } catch (SocketTimeoutException e) {
            return new Finding.Blocked(
                    place + " accepts no connection within 2 s",
                    "let Prometheus's machine connect to it (firewall, route)");
        } catch (IOException e) {
            return new Finding.Blocked(
                    "nothing listens at %s (%s)".formatted(place, e.getMessage()),
                    entry.meta().containsKey("metrics_port")
                            ? "start it, or register it with the correct metrics_port"
                            : "register it with the meta metrics_port if its metrics have their own port");
        }
    }
}
