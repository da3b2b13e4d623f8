package dev.rollcall.discovery.consul;

import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.entity.HttpEntityWrapper;
import org.apache.http.protocol.HttpContext;

/**
 * Lets no more than a limit be read of a response. The client drops the connection of a call that fails so.
 *
 * @param maxBytes largest body of an answer, uncompressed
 */
record ResponseSizeLimit(int maxBytes) implements HttpResponseInterceptor {
    @Override
    public void process(HttpResponse response, HttpContext context) {
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new HttpEntityWrapper(entity) {
                @Override
                public InputStream getContent() throws IOException {
                    return new LimitedStream(super.getContent(), maxBytes);
                }
            });
        }
    }

    private static final class LimitedStream extends FilterInputStream {
        private final int maxBytes;
        private long read;

        private LimitedStream(InputStream in, int maxBytes) {
            super(in);
            this.maxBytes = maxBytes;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int some = super.read(bytes, offset, length);
            count(some);
            return some;
        }

        private void count(int bytes) throws IOException {
            read += Math.max(0, bytes);
            if (read > maxBytes) {
                throw new BoundedHttpClient.TooLargeException(maxBytes);
            }
        }
    }
}
