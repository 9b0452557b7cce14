package io.teleport.plugin.runlog;

import io.teleport.message.Metadata;
import io.teleport.message.Status;

/** A status in its form on the wire: {@code code=404&msg=Not%20Found&cause=}. */
final class StatusText {

    private StatusText() {}

    static String of(Status status) {
        Metadata.Builder query = Metadata.builder().add("code", Integer.toString(status.code()));
        if (!status.msg().isEmpty()) {
            query.add("msg", status.msg());
        }
        String cause = status.cause();
        if (cause != null) {
            query.add("cause", cause);
        }
        return query.build().toQuery();
    }
}
