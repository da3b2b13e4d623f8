@org.jspecify.annotations.NullMarked
package dev.rollcall.launcher;
