package dev.rollcall.relay.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A way to reach people. */
public enum Channel {
    /** Robots in DingTalk groups. */
    DINGTALK,
    /** Calls to people on duty. */
    PHONE;

    /**
     * Its name in URLs, labels and folders.
     *
     * @return the name in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The channel of a name.
     *
     * @param text the name in lower case
     * @return the channel, if there is one of that name
     */
    public static Optional<Channel> of(String text) {
        return Arrays.stream(values())
                .filter(channel -> channel.text().equals(text))
                .findFirst();
    }
}
