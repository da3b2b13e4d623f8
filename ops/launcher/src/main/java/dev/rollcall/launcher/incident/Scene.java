package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PlatformState;

/**
 * Where an incident takes place.
 *
 * @param platform as it is when the incident begins
 */
public record Scene(Workspace workspace, LocalEngine engine, PlatformState platform) {}
