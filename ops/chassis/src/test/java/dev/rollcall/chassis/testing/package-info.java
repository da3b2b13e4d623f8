/** For tests of the services: real database servers, faults of databases, a service as a process, its OpenAPI description. */
@org.jspecify.annotations.NullMarked
package dev.rollcall.chassis.testing;
