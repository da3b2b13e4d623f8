package dev.rollcall.launcher.incident;

import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.PlatformState;

/**
 * The platform in which an incident happens.
 *
 * @param platform its state when the incident begins
 */
public record IncidentContext(Workspace workspace, LocalEngine engine, PlatformState platform) {}
