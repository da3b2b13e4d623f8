package dev.rollcall.launcher;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StartBenchCommand.class, OrdersBenchCommand.class},
        description = "Measures on a platform of its own, beside one that may be running, and prints the figures.")
final class BenchCommand {}
