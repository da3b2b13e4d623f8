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
 * Limits the size of responses, which are read into memory.
 *
 * @param maxBytes largest body of an answer
 */
record ResponseSizeLimit(int maxBytes) implements HttpResponseInterceptor {
    @Override
    public void process(HttpResponse response, HttpContext context) {
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            response.setEntity(new HttpEntityWrapper(entity) {
                @Override
                public InputStream getContent() throws IOException {
                    return new Bounded(super.getContent(), maxBytes);
                }
            });
        }
    }

    private static final class Bounded extends FilterInputStream {
        private final int maxBytes;
        private long count;

        private Bounded(InputStream in, int maxBytes) {
            super(in);
            this.maxBytes = maxBytes;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int bytes) throws IOException {
            count += bytes;
            if (count > maxBytes) {
                throw new BoundedHttpClient.TooLargeException(maxBytes);
            }
        }
    }
}
