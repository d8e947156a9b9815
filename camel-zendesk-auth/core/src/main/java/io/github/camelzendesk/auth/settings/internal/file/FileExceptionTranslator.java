package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/** What a failure of the file system means to an operator, and the remedy. Stateless. */
enum FileExceptionTranslator {
    DENIED(
            "permission denied",
            "Make the directory %s writable for the user of this process, or set oauthSettingsLocation to one that is."),
    READ_ONLY(
            "read-only file system",
            "A Kubernetes Secret or ConfigMap volume is always read-only: set oauthSettingsLocation to a file on a"
                    + " volume that can be written, or to kubernetes: or jdbc:."),
    FULL("no space left", "Free some space in %s; the next attempt goes on from there."),
    MOUNTED_FILE(
            "the file is a mount point of its own",
            "Mount the directory %s instead of the single file: a file is replaced by renaming, which a mount forbids."),
    NO_LOCKS(
            "this file system has no file locks",
            "Set oauthSettingsLocation to a file on a local disk, or to jdbc: or kubernetes:."),
    NOT_ATOMIC(
            "this file system cannot replace a file in one step",
            "Set oauthSettingsLocation to a file on a local disk."),
    OTHER("", "Check the directory %s, or set oauthSettingsLocation to another one.");

    private final String words;
    private final String remedy;

    FileExceptionTranslator(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    static String why(IOException e) {
        FileExceptionTranslator trouble = of(e);
        return trouble == OTHER ? LogSafeText.oneLine(e) : trouble.words;
    }

    static String remedy(IOException e, Path directory) {
        return of(e).remedy.formatted(directory);
    }

    private static FileExceptionTranslator of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return DENIED;
        }
        if (e instanceof AtomicMoveNotSupportedException) {
            return NOT_ATOMIC;
        }
        // Java has no types for these: the operating system's words are all there is.
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return ofReason(String.valueOf(reason).toLowerCase(Locale.ROOT));
    }

    private static FileExceptionTranslator ofReason(String reason) {
        if (reason.contains("read-only")) {
            return READ_ONLY;
        }
        if (reason.contains("no space") || reason.contains("quota")) {
            return FULL;
        }
        if (reason.contains("resource busy")) {
            return MOUNTED_FILE;
        }
        return reason.contains("no locks") || reason.contains("not supported") || reason.contains("not implemented")
                ? NO_LOCKS
                : OTHER;
    }
}
