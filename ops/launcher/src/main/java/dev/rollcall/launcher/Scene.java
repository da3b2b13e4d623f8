package dev.rollcall.launcher;

/**
 * Where an incident takes place.
 *
 * @param platform as it is when the incident begins
 */
record Scene(Workspace workspace, LocalEngine engine, Platform platform) {}
