@NullMarked
package dev.rollcall.rollcall;

import org.jspecify.annotations.NullMarked;
