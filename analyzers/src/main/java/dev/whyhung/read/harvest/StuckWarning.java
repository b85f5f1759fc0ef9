package dev.whyhung.read.harvest;

import dev.whyhung.read.bytes.ByteLines;

/** A server's own warning of a thread that works on one request for too long: its stack, but no lock and no other thread. */
public enum StuckWarning {
    WEBLOGIC("WebLogic", "BEA-000337"),
    WEBSPHERE("WebSphere", "WSVR0605W"),
    LIBERTY("Liberty", "TRAS0114W"),
    TOMCAT("Tomcat", "StuckThreadDetectionValve.notifyStuckThreadDetected"),
    VERTX("Vert.x", "VertxException: Thread blocked");

    /** Who warns. */
    final String server;

    private final String sign;

    StuckWarning(String server, String sign) {
        this.server = server;
        this.sign = sign;
    }

    public boolean isAt(int at, ByteLines lines) {
        if (lines.end() - at < sign.length()) {
            return false;
        }
        for (int i = 0; i < sign.length(); i++) {
            if (lines.bytes()[at + i] != sign.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
