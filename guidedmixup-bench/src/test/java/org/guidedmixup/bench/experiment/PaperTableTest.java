package org.guidedmixup.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.guidedmixup.bench.experiment.PaperTable.Column;
import org.guidedmixup.bench.mixing.MixingMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaperTableTest {

    @ParameterizedTest
    @EnumSource(PaperTable.class)
    void everyRowIsAMethodOfThisProgram(PaperTable table) {
        List<MixingMethod> methods = table.methods();
        assertTrue(methods.contains(MixingMethod.of("guided-sr")), () -> table + " " + methods);
        assertEquals(methods.stream().distinct().toList(), methods);
        assertEquals(table, PaperTable.named(table.toString()));
        assertEquals(table == PaperTable.TABLE2, table.columns().isEmpty());
    }

    @Test
    void guidedMixupIsTrainedWithBothPairingsWhereTheAuthorsCodePairsAtRandom() {
        for (PaperTable table : List.of(PaperTable.TABLE1, PaperTable.TABLE4, PaperTable.TABLE6)) {
            List<String> names =
                    table.methods().stream().map(MixingMethod::toString).toList();
            assertTrue(table.ofRandomPairs());
            for (String name : names) {
                if (name.startsWith("guided-")) {
                    String base = name.substring(0, 9);
                    String end = name.endsWith("+augmix") ? "+augmix" : "";
                    assertTrue(names.containsAll(List.of(base + end, base + "+random" + end)), table + " " + name);
                }
            }
        }
    }

    @Test
    void thePapersNumbersAreFoundByTableMethodAndColumn() {
        PaperNumbers paper = PaperNumbers.load();
        assertEquals(Optional.of("54.25"), paper.find("table6", "guided-ap+random", "50"));
        assertEquals(Optional.of("717"), paper.find("table2", "comixup", "64"));
        assertEquals(Optional.empty(), paper.find("table1", "guided-ap", "top-1"));
        for (MixingMethod method : PaperTable.TABLE6.methods()) {
            for (Column column : PaperTable.TABLE6.columns()) {
                boolean ours = method.usesDistance(); // the authors' code pairs at random
                assertEquals(
                        !ours,
                        paper.find("table6", method.toString(), column.name()).isPresent(),
                        method + " " + column.name());
            }
        }
        for (MixingMethod method : PaperTable.TABLE2.methods()) {
            assertTrue(paper.find("table2", method.toString(), "16").isPresent(), method.toString());
        }
    }
}
