package dev.rollcall.discovery.consul;

import dev.rollcall.discovery.http.BoundedHttpClient;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.protocol.HttpContext;

/**
 * Reads a response into memory, up to a limit.
 *
 * @param maxBytes largest body of an answer, uncompressed
 */
record ResponseSizeLimit(int maxBytes) implements HttpResponseInterceptor {
    @Override
    public void process(HttpResponse response, HttpContext context) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return;
        }
        InputStream content = entity.getContent();
        byte[] body = content.readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            // not closed, which would read the rest: the client drops the connection of a failed call
            throw new BoundedHttpClient.TooLargeException(maxBytes);
        }
        content.close();
        ByteArrayEntity read = new ByteArrayEntity(body);
        read.setContentType(entity.getContentType());
        response.setEntity(read);
    }
}
