package io.github.camelzendesk.auth.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Tree;
import org.openrewrite.yaml.YamlVisitor;
import org.openrewrite.yaml.tree.Yaml;

/** Changes the credentials in one {@code application.yml}, and remembers its connections. For one file and one thread. */
final class YamlConfigurationVisitor extends YamlVisitor<ExecutionContext> {
    private final UriMigration migration;
    private final Module module;
    private final Map<UUID, Remedy> remedies = new HashMap<>();

    YamlConfigurationVisitor(Accounts accounts, Module module) {
        this.migration = new UriMigration(accounts, null);
        this.module = module;
    }

    @Override
    public Yaml visitMapping(Yaml.Mapping mapping, ExecutionContext ctx) {
        Map<String, String> options = options(mapping);
        List<Yaml.Mapping.Entry> entries = new ArrayList<>();
        mapping.getEntries().forEach(entry -> entries.addAll(changed(entry, options, entries)));
        Yaml.Mapping changed = isSame(mapping.getEntries(), entries) ? mapping : mapping.withEntries(entries);
        return withoutEmptied((Yaml.Mapping) super.visitMapping(changed, ctx), changed);
    }

    private static Yaml.Mapping withoutEmptied(Yaml.Mapping mapping, Yaml.Mapping before) {
        return mapping.withEntries(mapping.getEntries().stream()
                .filter(entry -> !isEmpty(entry) || before.getEntries().contains(entry) && isEmpty(old(entry, before)))
                .toList());
    }

    private static Yaml.Mapping.Entry old(Yaml.Mapping.Entry entry, Yaml.Mapping before) {
        return before.getEntries().get(before.getEntries().indexOf(entry));
    }

    private static boolean isEmpty(Yaml.Mapping.Entry entry) {
        return entry.getValue() instanceof Yaml.Mapping mapping
                && mapping.getEntries().isEmpty();
    }

    private static boolean isSame(List<Yaml.Mapping.Entry> before, List<Yaml.Mapping.Entry> after) {
        return before.size() == after.size()
                && before.stream().allMatch(entry -> after.get(before.indexOf(entry)) == entry);
    }

    private Map<String, String> options(Yaml.Mapping mapping) {
        Map<String, String> options = new HashMap<>();
        mapping.getEntries().forEach(entry -> key(entry)
                .ifPresent(key ->
                        options.put(key.normalOption(), YamlEntries.text(entry).orElse(""))));
        return options;
    }

    private Optional<OptionKey> key(Yaml.Mapping.Entry entry) {
        String path = YamlEntries.path(getCursor());
        String key = entry.getKey().getValue();
        return entry.getValue() instanceof Yaml.Scalar
                ? OptionKey.parse(path.isEmpty() ? key : path + "." + key)
                : Optional.empty();
    }

    private List<Yaml.Mapping.Entry> changed(
            Yaml.Mapping.Entry entry, Map<String, String> options, List<Yaml.Mapping.Entry> before) {
        Optional<OptionKey> key = key(entry);
        if (key.isEmpty()) {
            return List.of(entry);
        }
        if (!key.get().isOwn()) {
            return ofClient(entry, key.get(), options);
        }
        return ofOwn(entry, key.get(), options, before);
    }

    private List<Yaml.Mapping.Entry> ofOwn(
            Yaml.Mapping.Entry entry, OptionKey key, Map<String, String> options, List<Yaml.Mapping.Entry> before) {
        Optional<String> successor = Credentials.successor(key.option());
        if (!Credentials.areBasic(options) || successor.isEmpty()) {
            return List.of(entry);
        }
        if (Credentials.areMixed(options)) {
            remedies.put(entry.getId(), Remedy.CREDENTIALS);
            return List.of(entry);
        }
        return replacements(entry, key, successor.get(), options, before);
    }

    private List<Yaml.Mapping.Entry> replacements(
            Yaml.Mapping.Entry entry,
            OptionKey key,
            String successor,
            Map<String, String> options,
            List<Yaml.Mapping.Entry> before) {
        @Nullable String name = key.connection();
        Credentials credentials = new Credentials(module, new Connection(name == null ? "" : name, null));
        List<Yaml.Mapping.Entry> replacements = new ArrayList<>();
        for (String option : Credentials.names()) {
            boolean isDue = option.equals(successor) || !isSucceeded(option, options);
            String spelled = entry.getKey().getValue().replace(key.option(), spelled(key, option));
            if (isDue
                    && before.stream()
                            .noneMatch(other -> other.getKey().getValue().equals(spelled))) {
                replacements.add(replaced(entry, spelled, credentials.value(option), replacements.isEmpty()));
            }
        }
        return replacements;
    }

    private static boolean isSucceeded(String option, Map<String, String> options) {
        return options.keySet().stream()
                .anyMatch(
                        old -> Credentials.successor(old).filter(option::equals).isPresent());
    }

    private String spelled(OptionKey key, String option) {
        return key.option().matches(".*[A-Z].*") ? option : module.framework().spelled(option);
    }

    private Yaml.Mapping.Entry replaced(Yaml.Mapping.Entry entry, String key, String value, boolean isFirst) {
        String prefix = isFirst || entry.getPrefix().contains("\n")
                ? entry.getPrefix()
                : "\n" + YamlEntries.indent(getCursor().getValue());
        Yaml.Scalar text = YamlEntries.plain(entry.getValue().getPrefix(), value);
        return entry.withId(Tree.randomId())
                .withPrefix(prefix)
                .withKey(YamlEntries.plain(entry.getKey().getPrefix(), key))
                .withValue(value.contains("{{") ? YamlEntries.quoted(text, value) : text);
    }

    private List<Yaml.Mapping.Entry> ofClient(Yaml.Mapping.Entry entry, OptionKey key, Map<String, String> options) {
        boolean isCredential =
                UriMigration.ZENDESK.stream().map(CamelUri::normal).anyMatch(key.normalOption()::equals);
        if (isCredential && module.component().isPresent()) {
            return List.of();
        }
        boolean isBasic = isCredential && !key.normalOption().equals("serverurl") && !options.containsKey("oauthtoken");
        if (isBasic) {
            remedies.put(entry.getId(), options.containsKey("serverurl") ? Remedy.CLIENT : Remedy.ACCOUNT);
        }
        return List.of(entry);
    }

    @Override
    public Yaml visitMappingEntry(Yaml.Mapping.Entry entry, ExecutionContext ctx) {
        Yaml.Mapping.Entry changed = (Yaml.Mapping.Entry) super.visitMappingEntry(entry, ctx);
        if (changed.getValue() instanceof Yaml.Scalar scalar) {
            changed = changed.withValue(migrated(scalar));
        }
        Remedy remedy = remedies.get(entry.getId());
        return remedy == null ? changed : changed.withPrefix(YamlEntries.commented(getCursor(), remedy));
    }

    @Override
    public Yaml visitSequenceEntry(Yaml.Sequence.Entry entry, ExecutionContext ctx) {
        Yaml.Sequence.Entry changed = (Yaml.Sequence.Entry) super.visitSequenceEntry(entry, ctx);
        Remedy remedy = remedies.get(entry.getId());
        return remedy == null ? changed : changed.withPrefix(YamlEntries.commented(getCursor(), remedy));
    }

    private void leave(Remedy remedy) {
        YamlEntries.line(getCursor()).ifPresent(entry -> remedies.put(entry, remedy));
    }

    /** There is no place for a bean here. */
    private Yaml.Scalar migrated(Yaml.Scalar scalar) {
        Outcome outcome = migration.of(CamelUri.parse(scalar.getValue()));
        if (outcome instanceof Outcome.Moved moved && moved.handOver() instanceof HandOver.None) {
            return scalar.withValue(moved.uri().text());
        }
        if (outcome instanceof Outcome.Left left) {
            leave(left.remedy());
        } else if (outcome instanceof Outcome.Moved) {
            leave(Remedy.PLACE);
        }
        return scalar;
    }
}
