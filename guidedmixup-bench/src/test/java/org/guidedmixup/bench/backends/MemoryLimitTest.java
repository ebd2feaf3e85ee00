package org.guidedmixup.bench.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {
    private static final String PROPERTY = "org.bytedeco.javacpp.maxphysicalbytes";
    private final String before = System.getProperty(PROPERTY);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    @Test
    void readsWhatLinuxReports() {
        assertEquals(
                OptionalLong.of(22_244_224L << 10),
                MemoryLimit.available(
                        List.of("MemTotal:       24684000 kB", "MemFree:  123 kB", "MemAvailable:   22244224 kB")));
        assertEquals(OptionalLong.empty(), MemoryLimit.available(List.of("MemTotal: 1 kB", "MemAvailable: lots")));
    }

    @Test
    void aLimitThatTheUserSetIsKept() {
        System.setProperty(PROPERTY, "5000000000");
        MemoryLimit.set();
        assertEquals("5000000000", System.getProperty(PROPERTY));
    }

    @Test
    void adviceFitsTheMemoryThatRanOut() {
        String physical = "Physical memory usage is too high: physicalBytes (18001M) > maxPhysicalBytes (18000M)";
        String ofMachine = MemoryLimit.advice(physical, true);
        assertTrue(ofMachine.contains("end other programs") && !ofMachine.contains("Xmx"), ofMachine);
        assertTrue(MemoryLimit.advice(physical, false).contains("java -Xmx"));
        assertTrue(MemoryLimit.advice("Java heap space", true).contains("java -Xmx"));
        assertTrue(MemoryLimit.advice(null, true).contains("java -Xmx"));
    }
}
