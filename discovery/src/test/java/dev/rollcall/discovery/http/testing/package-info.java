/** What tests of a JSON API need: a client that sends anything, right or wrong, and shows the whole answer. */
@org.jspecify.annotations.NullMarked
package dev.rollcall.discovery.http.testing;
