@org.jspecify.annotations.NullMarked
package dev.rollcall.discovery;
