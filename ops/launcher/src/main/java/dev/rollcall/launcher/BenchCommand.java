package dev.rollcall.launcher;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Measures on a platform of its own, beside one that may be running, and prints the figures.")
final class BenchCommand {}
