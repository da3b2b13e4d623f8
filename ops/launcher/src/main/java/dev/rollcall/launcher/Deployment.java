package dev.rollcall.launcher;

import java.util.List;

/**
 * The platform as its engine has it at one moment, read in one look.
 *
 * @param ports where it listens, or last did
 * @param members what should run; nothing if no platform does
 */
record Deployment(Ports ports, List<Member> members) {

    Deployment {
        members = List.copyOf(members);
    }

    boolean isUp() {
        return members.stream().anyMatch(Member::isAlive);
    }
}
