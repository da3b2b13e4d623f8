package dev.rollcall.launcher.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads, by JMX, how much another JVM on this machine has allocated. */
final class AllocationMeter implements AutoCloseable {

    private final JMXConnector connector;
    private final ThreadMXBean threads;

    private AllocationMeter(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // the address comes from the attached JVM
    static AllocationMeter of(long pid) {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                return new AllocationMeter(
                        JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent())));
            } finally {
                jvm.detach();
            }
        } catch (IOException | AttachNotSupportedException e) {
            throw new CommandFailure("cannot attach to process %d: %s".formatted(pid, e.getMessage()), e);
        }
    }

    /** The bytes that all its threads have allocated, also those that have ended. */
    long bytes() {
        return threads.getTotalThreadAllocatedBytes();
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // its JVM has ended, and the connection with it
        }
    }
}
