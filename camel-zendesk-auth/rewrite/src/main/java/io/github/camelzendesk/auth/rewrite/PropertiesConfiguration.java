package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.openrewrite.Tree;
import org.openrewrite.marker.Markers;
import org.openrewrite.properties.tree.Properties;

/** Changes one file of properties. For one thread. */
final class PropertiesConfiguration {
    private static final String TYPE = HandOver.Configurer.TYPE;

    private final Accounts accounts;
    private final Module module;
    private final List<Properties.Content> changed = new ArrayList<>();
    private final Map<String, Map<String, String>> groups = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<Connection> configurers = new HashSet<>();
    private String beforeEquals = "";
    private String afterEquals = "";

    PropertiesConfiguration(Accounts accounts, Module module) {
        this.accounts = accounts;
        this.module = module;
    }

    Properties.File changed(Properties.File file) {
        entries(file).forEach(this::remember);
        file.getContent().forEach(this::take);
        if (module.isForNewConnections(file.getSourcePath())) {
            module.configuredConnections().stream().filter(this::isMissing).forEach(this::add);
        }
        return same(file.getContent()) ? file : file.withContent(fromTheFirstLine(file));
    }

    private boolean same(List<Properties.Content> before) {
        return before.size() == changed.size()
                && IntStream.range(0, before.size()).allMatch(at -> before.get(at) == changed.get(at));
    }

    private static List<Properties.Entry> entries(Properties.File file) {
        return file.getContent().stream()
                .filter(Properties.Entry.class::isInstance)
                .map(Properties.Entry.class::cast)
                .toList();
    }

    private void remember(Properties.Entry entry) {
        beforeEquals = entry.getBeforeEquals();
        afterEquals = entry.getValue().getPrefix();
        OptionKey.parse(entry.getKey()).ifPresent(key -> groups.computeIfAbsent(key.group(), group -> new HashMap<>())
                .put(key.normalOption(), entry.getValue().getText()));
    }

    private void take(Properties.Content content) {
        if (!(content instanceof Properties.Entry entry)) {
            changed.add(content);
            return;
        }
        Optional<OptionKey> key = OptionKey.parse(entry.getKey());
        if (key.isEmpty()) {
            takeUri(entry);
        } else if (key.get().isOwn()) {
            takeOwn(entry, key.get());
        } else {
            takeClient(entry, key.get());
        }
    }

    private void takeUri(Properties.Entry entry) {
        Outcome outcome = new UriMigration(accounts, null)
                .of(CamelUri.parse(entry.getValue().getText()));
        if (outcome instanceof Outcome.Left left) {
            leave(entry, left.remedy());
        } else if (outcome instanceof Outcome.Moved moved) {
            takeUri(entry, moved);
        } else {
            changed.add(entry);
        }
    }

    private void takeUri(Properties.Entry entry, Outcome.Moved moved) {
        boolean isClient = moved.handOver() instanceof HandOver.Client;
        boolean isConfigurer = moved.handOver() instanceof HandOver.Configurer;
        if (isClient || isConfigurer && module.framework() == Framework.SPRING_BOOT) {
            leave(entry, isClient ? Remedy.CLIENT : Remedy.PLACE);
            return;
        }
        String prefix = isCommented() ? changed.remove(changed.size() - 1).getPrefix() : entry.getPrefix();
        changed.add(entry.withPrefix(prefix)
                .withValue(entry.getValue().withText(moved.uri().text())));
        if (moved.handOver() instanceof HandOver.Configurer configurer && configurers.add(configurer.connection())) {
            String bean = "camel.beans." + configurer.connection().name();
            changed.add(entry("\n", bean, "#class:" + TYPE));
            changed.add(entry("\n", bean + ".endpoint", configurer.connection().endpoint()));
        }
    }

    private void takeOwn(Properties.Entry entry, OptionKey key) {
        Map<String, String> options = groups.getOrDefault(key.group(), Map.of());
        Optional<String> successor = Credentials.successor(key.option());
        if (!Credentials.areBasic(options) || successor.isEmpty()) {
            changed.add(entry);
        } else if (Credentials.areMixed(options)) {
            leave(entry, Remedy.CREDENTIALS);
        } else {
            replace(entry, key, successor.get());
        }
    }

    /** Before the first of the old options the others come that are not there. */
    private void replace(Properties.Entry entry, OptionKey key, String successor) {
        Credentials credentials = new Credentials(module, new Connection(name(key), null));
        String prefix = entry.getPrefix();
        for (String option : Credentials.names()) {
            if ((option.equals(successor) || !isSucceeded(key, option)) && written.add(key.group() + option)) {
                changed.add(entry(prefix, key.group() + spelled(key, option), credentials.value(option)));
                prefix = "\n";
            }
        }
    }

    private static String name(OptionKey key) {
        return key.connection() == null ? "" : key.connection();
    }

    private boolean isSucceeded(OptionKey key, String option) {
        return groups.getOrDefault(key.group(), Map.of()).keySet().stream()
                .anyMatch(
                        old -> Credentials.successor(old).filter(option::equals).isPresent());
    }

    private String spelled(OptionKey key, String option) {
        return key.option().matches(".*[A-Z].*") ? option : module.framework().spelled(option);
    }

    private void takeClient(Properties.Entry entry, OptionKey key) {
        boolean isCredential =
                UriMigration.ZENDESK.stream().map(CamelUri::normal).anyMatch(key.normalOption()::equals);
        if (!isCredential) {
            changed.add(entry);
        } else if (module.component().isEmpty()) {
            leaveClient(entry, key);
        }
    }

    private void leaveClient(Properties.Entry entry, OptionKey key) {
        Map<String, String> options = groups.getOrDefault(key.group(), Map.of());
        if (key.normalOption().equals("serverurl") || options.containsKey("oauthtoken")) {
            changed.add(entry);
        } else {
            leave(entry, options.containsKey("serverurl") ? Remedy.CLIENT : Remedy.ACCOUNT);
        }
    }

    private void leave(Properties.Entry entry, Remedy remedy) {
        if (isCommented()) {
            changed.add(entry);
            return;
        }
        changed.add(new Properties.Comment(
                Tree.randomId(),
                entry.getPrefix(),
                Markers.EMPTY,
                Properties.Comment.Delimiter.HASH_TAG,
                " " + remedy.text()));
        changed.add(entry.withPrefix("\n"));
    }

    private boolean isCommented() {
        return !changed.isEmpty()
                && changed.get(changed.size() - 1) instanceof Properties.Comment comment
                && comment.getMessage().contains(Remedy.MARK);
    }

    private boolean isMissing(Connection connection) {
        return groups.keySet().stream()
                .flatMap(group -> OptionKey.parse(group + "url").stream())
                .noneMatch(key -> connection.name().equals(key.connection()));
    }

    private void add(Connection connection) {
        String[] prefix = {changed.isEmpty() ? "" : "\n\n"};
        new Credentials(module, connection).all().forEach((option, value) -> {
            String key = OptionKey.group(connection) + module.framework().spelled(option);
            changed.add(entry(prefix[0], key, value));
            prefix[0] = "\n";
        });
    }

    private Properties.Entry entry(String prefix, String key, String text) {
        return new Properties.Entry(
                Tree.randomId(),
                prefix,
                Markers.EMPTY,
                key,
                beforeEquals,
                Properties.Entry.Delimiter.EQUALS,
                new Properties.Value(Tree.randomId(), afterEquals, Markers.EMPTY, text));
    }

    /** The first entry may have gone, and the next began a line. */
    private List<Properties.Content> fromTheFirstLine(Properties.File file) {
        if (changed.isEmpty() || !file.getContent().get(0).getPrefix().isEmpty()) {
            return changed;
        }
        Properties.Content first = changed.get(0);
        changed.set(0, (Properties.Content) first.withPrefix(first.getPrefix().stripLeading()));
        return changed;
    }
}
