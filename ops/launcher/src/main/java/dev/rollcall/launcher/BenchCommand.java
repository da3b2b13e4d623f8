package dev.rollcall.launcher;

import picocli.CommandLine.Command;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StartBenchCommand.class, OrdersBenchCommand.class},
        description = "Starts a separate platform, measures it and prints the figures.")
final class BenchCommand {}
