package dev.whyhung.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpInfoTest {

    @ParameterizedTest
    @CsvSource({
        "OpenJDK 64-Bit Server VM (25.392-b08 mixed mode), 8",
        "Java HotSpot(TM) 64-Bit Server VM (24.80-b11 mixed mode), 7",
        "Java HotSpot(TM) 64-Bit Server VM (20.45-b01 mixed mode), 6",
        "OpenJDK 64-Bit Server VM (25.0.3+9-LTS mixed mode sharing), 25",
        "OpenJDK 64-Bit Server VM (25+36 mixed mode), 25",
        "OpenJDK 64-Bit Server VM (17.0.15+6-Debian-1deb12u1 mixed mode), 17",
        "OpenJDK 64-Bit Server VM (11.0.2+9 mixed mode), 11",
        "21.0.12.1+1-1-deb13u1-Debian, 21",
        "24+36, 24"
    })
    void tellsTheReleaseOfTheJdk(String runtime, int release) {
        DumpInfo dump = new DumpInfo("a", 1, "hotspot-text", null, null, runtime, null, Set.of(), false, -1, 0);
        assertEquals(release, dump.javaVersion());
    }
}
