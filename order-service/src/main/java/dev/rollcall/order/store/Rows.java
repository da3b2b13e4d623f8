package dev.rollcall.order.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.chassis.store.Instants;
import dev.rollcall.order.domain.Cart;
import dev.rollcall.order.domain.Line;
import dev.rollcall.order.domain.Order;
import dev.rollcall.order.domain.OrderBook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;

/** Maps orders to rows and back. */
final class Rows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};

    private Rows() {}

    static Order order(ResultSet row, StatementContext context) throws SQLException {
        var cart = new Cart(
                row.getString("customer_id"),
                row.getString("currency"),
                lines(row.getString("lines")),
                row.getString("coupon_code"));
        return new Order(
                row.getString("id"),
                cart,
                Order.Status.valueOf(row.getString("status")),
                row.getLong("discount"),
                row.getString("refusal"),
                Instants.get(row, "created_at"));
    }

    static OrderBook.KeyedOrder keyedOrder(ResultSet row, StatementContext context) throws SQLException {
        return new OrderBook.KeyedOrder(
                attempt(row, context), row.getString("fingerprint"), Instants.get(row, "attempted_at"));
    }

    static OrderBook.Attempt attempt(ResultSet row, StatementContext context) throws SQLException {
        return new OrderBook.Attempt(order(row, context), row.getInt("attempt"));
    }

    static OrderBook.Backlog backlog(ResultSet row, Instant now) throws SQLException {
        OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
        return new OrderBook.Backlog(
                row.getLong("pending"),
                row.getLong("releases_due"),
                oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now));
    }

    static String json(List<Line> lines) {
        try {
            return JSON.writeValueAsString(lines);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("lines can't be written as JSON: " + lines, e);
        }
    }

    private static List<Line> lines(String json) {
        try {
            return JSON.readValue(json, LINES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lines of an order are no JSON: " + json, e);
        }
    }
}
