package dev.rollcall.launcher;

final class Rollcall {
    private Rollcall() {}

    public static void main(String[] args) {}
}
