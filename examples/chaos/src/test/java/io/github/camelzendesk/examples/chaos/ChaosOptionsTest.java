package io.github.camelzendesk.examples.chaos;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChaosOptionsTest {
    @Test
    void withoutArgumentsEightProcessesRunForTwoMinutes() {
        ChaosOptions options = ChaosOptions.of(List.of());
        assertThat(options.processes()).isEqualTo(8);
        assertThat(options.seconds()).isEqualTo(120);
        assertThat(options.seed()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seconds", "--seconds=ten", "--seconds=0", "--port=70000", "--minutes=3", "--store=s3"})
    void anArgumentThatCannotBeUsedEndsTheProgramWithASentence(String argument) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(err);
        assertThat(Chaos.run(List.of(argument), printed, printed, () -> true)).isEqualTo(2);
        assertThat(err.toString()).endsWith("." + System.lineSeparator());
    }
}
