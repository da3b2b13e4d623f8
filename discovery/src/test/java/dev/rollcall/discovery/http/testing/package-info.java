/** A client for tests of a JSON API: sends anything, valid or not, and returns the whole response. */
@org.jspecify.annotations.NullMarked
package dev.rollcall.discovery.http.testing;
