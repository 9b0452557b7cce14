package io.teleport.interop.peers;

import io.teleport.interop.bodies.BodyForm;
import io.teleport.interop.bodies.Sample;
import io.teleport.message.StatusException;
import io.teleport.router.Router;

/** The server's routes that take samples, for each codec, as the Go peer has them ({@code go-peer/README.md}). */
final class StructRoutes {

    private final Recorder recorder;

    StructRoutes(Recorder recorder) {
        this.recorder = recorder;
    }

    void register(Router router) {
        BodyForm.ALL.forEach(form -> register(router, form));
    }

    private <T> void register(Router router, BodyForm<T> form) {
        router.call(form.change(), form.type(), (context, body) -> {
            recorder.call(context);
            return form.write().apply(form.read().apply(body).changed());
        });
        router.call(form.fail(), form.type(), (context, body) -> {
            recorder.call(context);
            Sample sample = form.read().apply(body);
            throw new StatusException(form.failure(sample), sample.text(), "as asked for");
        });
        if (form.type() != String.class) { // that push has its route already
            router.push(
                    form.push(),
                    form.type(),
                    (context, body) ->
                            recorder.push(context, GoJson.write(form.read().apply(body))));
        }
    }
}
