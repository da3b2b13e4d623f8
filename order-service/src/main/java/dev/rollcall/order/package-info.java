@org.jspecify.annotations.NullMarked
package dev.rollcall.order;
