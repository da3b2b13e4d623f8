package dev.rollcall.bench;

/**
 * A line of the table.
 *
 * @param measure what was measured
 * @param peer the peer's figure
 * @param ours our figure
 * @param reach what ours has to reach, and whether it did; empty if nothing is asked
 * @param ratio the peer's figure in relation to ours; empty if they can't be compared
 */
record Row(String measure, String peer, String ours, String reach, String ratio) {
    private static final String MISSED = ", MISSED";

    /** A line of which nothing is asked. */
    static Row plain(String measure, String peer, String ours) {
        return new Row(measure, peer, ours, "", "");
    }

    Row reach(String reach, boolean reached) {
        return new Row(measure, peer, ours, reach + (reached ? ", reached" : MISSED), ratio);
    }

    Row ratio(double peer, double ours) {
        double ratio = peer / ours;
        return new Row(measure, this.peer, this.ours, reach, (ratio < 10 ? "%.1f" : "%,.0f").formatted(ratio));
    }

    boolean missed() {
        return reach.endsWith(MISSED);
    }
}
