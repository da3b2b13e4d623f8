package dev.rollcall.relay.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A way to notify people. */
public enum Channel {
    /** Robots in DingTalk groups. */
    DINGTALK,
    /** Calls to people on duty. */
    PHONE;

    /**
     * The name in URLs, labels and directories.
     *
     * @return the name in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a channel by name.
     *
     * @param text the name in lower case
     * @return the channel, if there is one
     */
    public static Optional<Channel> of(String text) {
        return Arrays.stream(values())
                .filter(channel -> channel.text().equals(text))
                .findFirst();
    }
}
