package io.teleport.interop;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInfo;

/** What Go's http protocol does not carry, whoever is at the other end; recorded in {@code http.json} of the wire vectors. */
final class GoHttp {

    private static final String PUSH = "Go: unsupport message type: 3(PUSH)";

    private static final String MD5 = "Go: unsupport xfer filter: md5";

    private static final String HEADERS =
            "Go: metadata are headers: other capitals, sorted, some more, of repeated ones the last";

    private static final String CAUSE = "Go: a cause that is set but empty is lost in the JSON of a status";

    private static final String CODEC = "Go: a codec without a content type arrives as plain";

    private static final Map<String, String> CASES = Map.ofEntries(
            Map.entry("pushArrives", PUSH),
            Map.entry("pushToUnknownRouteHarmsNothing", PUSH),
            Map.entry("plainCodecCarriesTextAndNumbers", PUSH),
            Map.entry("filtersApplyToPushes", PUSH),
            Map.entry("metadataOfAPushArrivesInOrder", PUSH),
            Map.entry("serverPushesToTheClient", PUSH),
            Map.entry("handlerPushesToItsCallerMeanwhile", PUSH),
            Map.entry("metadataOfACallArrivesInOrder", HEADERS),
            Map.entry("metadataOfAReplyArrivesInOrder", HEADERS),
            Map.entry("metadataOfAnErrorReplyArrives", HEADERS),
            Map.entry("sixtyThousandBytesOfMetadataGoBothWays", HEADERS),
            Map.entry("unknownRouteIs404", CAUSE),
            Map.entry("statusOfACallBackGoesAllTheWay", CAUSE),
            Map.entry("bytesOfAnUnknownCodecComeBackUnderItsId", CODEC),
            Map.entry("objectOfAnUnknownCodecIs400", CODEC));

    private GoHttp() {}

    /** Ends a case that does not exist over http. */
    static void assumeCarries(TestInfo test) {
        String method = test.getTestMethod().orElseThrow().getName();
        String reason = CASES.get(method);
        assumeFalse(reason != null, reason);
        assumeFalse(isMd5(test.getDisplayName()), MD5);
    }

    /** Cases are named after the filters they use: {@code [3] filters = "gm"}. */
    private static boolean isMd5(@Nullable String name) {
        return name != null && name.matches("\\[\\d+].*\\bg?mg?\\b.*");
    }
}
