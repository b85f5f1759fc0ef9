package dev.whyhung.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whyhung.DumpText;
import dev.whyhung.Runs;
import dev.whyhung.diagnose.ProcessDiagnosis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose answer a thread waits for is told by the driver. */
class DriversTest {

    private static DumpText query(int second, String frame) {
        return DumpText.withOwners(second)
                .readingSocket(
                        "report-1", frame, "com.acme.Report.load(Report.java:41)", "com.acme.Main.main(Main.java:9)");
    }

    @ParameterizedTest
    @CsvSource({
        "MonetDB, nl.cwi.monetdb.mcl.net.MapiSocket$BlockInputStream.readBlock(MapiSocket.java:829)",
        "Sybase, com.sybase.jdbc4.timedio.RawDbio.reallyRead(RawDbio.java:202)",
        "SQL-Server, net.sourceforge.jtds.jdbc.SharedSocket.readPacket(SharedSocket.java:850)",
        "HANA, com.sap.db.jdbc.SocketComm.receive(SocketComm.java:99)",
        "Dameng, dm.jdbc.a.a.b(DBAccess.java:763)"
    })
    void nameTheDatabase(String database, String frame) {
        ProcessDiagnosis process = Runs.process(query(0, frame), query(DumpText.LATER, frame));
        assertEquals("external-io-stall", Runs.rules(process).get(0));
        String headline = process.findings().get(0).finding().headline();
        assertTrue(headline.contains(database), headline);
    }
}
