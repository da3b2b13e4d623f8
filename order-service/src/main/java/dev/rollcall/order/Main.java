package dev.rollcall.order;

final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
