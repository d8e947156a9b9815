package io.github.camelzendesk.auth.settings.internal.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.rig.Steps;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** R6 and R8: a power cut leaves the note when a token was sent, and the new pair once it was stored. */
@ExtendWith(ZendeskExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it forces no directory, and has no inodes")
class PowerCutTest {
    @TempDir
    Path directory;

    private final ForgetfulDisk disk = new ForgetfulDisk();
    private final List<OAuthSettings> atEachRequest = new CopyOnWriteArrayList<>();
    private SettingsCodec codec;
    private TokenManager manager;

    @BeforeEach
    void open(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("app");
        codec = SettingsCodec.of(zendesk.url(), "app", null);
        Steps steps = step -> {
            if (step.equals("request")) {
                atEachRequest.add(left());
            }
        };
        manager = RiggedManager.open(
                RiggedManager.connection(
                        zendesk.url(),
                        "app",
                        client.secret(),
                        zendesk.issue(client, "read write").refreshToken()),
                new FileSettingsStore(directory.resolve("s.json"), codec, new NioFileOperations(disk)),
                steps);
    }

    @Test
    void whatIsSentIsNotedAndWhatIsStoredIsKeptThoughThePowerFails(ZendeskServer zendesk) {
        manager.authorization().join();
        assertThatTheLivingPairIsLeft(zendesk);
        manager.refresh().join();
        assertThatTheLivingPairIsLeft(zendesk);
        manager.close();

        assertThat(atEachRequest)
                .hasSize(2)
                .extracting(
                        settings -> Objects.requireNonNull(settings.pending()).fingerprint())
                .containsExactlyElementsOf(zendesk.tokenRequests().stream()
                        .map(seen -> Secret.of(seen.parameter("refresh_token")).fingerprint())
                        .toList());
    }

    @Test
    void anAnswerThatCouldNotBeUnderstoodIsKeptThoughThePowerFails(ZendeskServer zendesk) {
        zendesk.nextTokenRequest(TokenFault.garbage());
        manager.authorization().exceptionally(error -> null).join();
        manager.close();

        assertThat(disk.afterAPowerCut().entrySet())
                .filteredOn(file -> file.getKey().startsWith("s.json.unparsed-"))
                .extracting(Map.Entry::getValue)
                .containsExactly("<html>welcome</html>".getBytes(StandardCharsets.UTF_8));
    }

    private void assertThatTheLivingPairIsLeft(ZendeskServer zendesk) {
        OAuthSettings left = left();
        assertThat(left.pending()).isNull();
        assertThat(zendesk.isLiveRefreshToken(
                        Objects.requireNonNull(left.refreshToken()).reveal()))
                .isTrue();
    }

    private OAuthSettings left() {
        return codec.decode(disk.afterAPowerCut().get("s.json"), "what is left");
    }
}
