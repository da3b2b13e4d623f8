/**
 * The program behind {@code ops/rollcall}. This package has its commands: each parses its options, calls one thing in a
 * sub-package, and prints the result.
 *
 * <p>The words:
 *
 * <ul>
 *   <li>part: a program that the platform consists of, like Consul, Prometheus or an instance of a service
 *   <li>instance: a part that registers in Consul
 *   <li>program: the command line of a part, and its ports; a part prepares what its program needs
 *   <li>process: a program while it runs; it outlives the launcher that started it
 *   <li>target: what Prometheus scrapes
 *   <li>state: the folder of the platform's data, and the record in it of the parts that should run
 * </ul>
 *
 * <p>The sub-packages, each of which uses only those above it:
 *
 * <ul>
 *   <li>{@code platform}: the checkout and its state folder, services, ports, tokens, the terminal
 *   <li>{@code process}: programs, their processes, and the record of the parts that should run
 *   <li>{@code parts}: the preparation and the program of each part on this machine
 *   <li>{@code engine}: starts, scales and stops the parts, as processes on this machine or in Docker
 *   <li>{@code traffic}: generated orders and the count of their results
 *   <li>{@code incident}: injects a fault and follows it to the notification and back to normal
 *   <li>{@code bench}: measures starts and orders
 *   <li>{@code catalogue}: the metrics that services may expose, and who reads them
 *   <li>{@code audit}: compares orders, redemptions and counters
 *   <li>{@code doctor}: finds out why a metric is missing
 * </ul>
 */
@NullMarked
package dev.rollcall.launcher;

import org.jspecify.annotations.NullMarked;
