package io.teleport.sample.hostile;

import static io.teleport.sample.hostile.RawBytes.CALL;
import static io.teleport.sample.hostile.RawBytes.GZIP;
import static io.teleport.sample.hostile.RawBytes.JSON;
import static io.teleport.sample.hostile.RawBytes.call;
import static io.teleport.sample.hostile.RawBytes.content;
import static io.teleport.sample.hostile.RawBytes.frame;
import static io.teleport.sample.hostile.RawBytes.gzip;
import static io.teleport.sample.hostile.RawBytes.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Does everything to a server that it must bear, from one address and one thread, family by family. Not thread-safe. */
final class HostileClient implements AutoCloseable {

    private static final byte[] NO_FILTERS = {};

    /** Connections that are kept and say nothing more. */
    private static final int HELD = 200;

    private static final int FLOOD = 2000;

    /** 32 MiB in 32 KiB, above the message limit when unpacked. */
    private static final byte[] BOMB =
            gzip(content("1", CALL, text("/echo/bytes"), new byte[0], JSON, new byte[32 << 20]));

    /** One way to be a nuisance. */
    @FunctionalInterface
    private interface Attack {
        void run() throws IOException;
    }

    /** A connection over which bytes go one by one. */
    private static final class Slow {

        private final Socket socket;

        private final ByteBuffer left;

        private Slow(Socket socket, byte[] bytes) {
            this.socket = socket;
            this.left = ByteBuffer.wrap(bytes);
        }
    }

    private final Random random;

    private final InetAddress from;

    private final int service;

    private final int chat;

    private final int browser;

    private final Map<String, Attack> attacks = new LinkedHashMap<>();

    /** How often each was carried out, and how often the server put an end to it. */
    private final Map<String, int[]> counts = new TreeMap<>();

    private final Deque<Socket> held = new ArrayDeque<>();

    private final List<Slow> slow = new ArrayList<>();

    HostileClient(long seed, String from, int service, int chat, int browser) throws IOException {
        this.random = new Random(seed);
        this.from = InetAddress.getByName(from);
        this.service = service;
        this.chat = chat;
        this.browser = browser;
        attacks.put("lengths", this::lengths);
        attacks.put("garbage", this::garbage);
        attacks.put("bodies that never come", this::silence);
        attacks.put("one byte now and then", this::slowBytes);
        attacks.put("filters", this::filters);
        attacks.put("bombs", this::bombs);
        attacks.put("connections and nothing else", this::connections);
        attacks.put("calls before the login", this::callsBeforeLogin);
        attacks.put("other protocols", this::otherProtocols);
        attacks.put("odd messages", this::oddMessages);
        attacks.put("bodies", this::bodies);
        attacks.put("metadata", this::metadata);
        attacks.put("damaged frames", this::damage);
        attacks.put("calls whose replies nobody reads", this::floodOfCalls);
        attacks.put("handlers that nobody waits for", this::floodOfSleepers);
        attacks.put("WebSocket frames", this::webSocketFrames);
    }

    /** Each family once, in any order. */
    void round() {
        List<String> names = new ArrayList<>(attacks.keySet());
        Collections.shuffle(names, random);
        for (String name : names) {
            int[] count = counts.computeIfAbsent(name, key -> new int[2]);
            count[0]++;
            try {
                attacks.get(name).run();
            } catch (IOException e) {
                // The connection was closed on us, as it should be.
                count[1]++;
            }
            goOnSlowly();
        }
    }

    Map<String, int[]> counts() {
        return counts;
    }

    List<String> families() {
        return List.copyOf(attacks.keySet());
    }

    private Socket open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setSoLinger(true, 0);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Sends it and resets the connection. */
    private void send(int port, byte[]... pieces) throws IOException {
        try (Socket socket = open(port)) {
            for (byte[] piece : pieces) {
                socket.getOutputStream().write(piece);
            }
        }
    }

    /** Sends it and waits until the server closes. */
    private void sendToTheEnd(int port, byte[] bytes) throws IOException {
        try (Socket socket = open(port)) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private void hold(int port, byte[] bytes) throws IOException {
        Socket socket = open(port);
        held.add(socket);
        socket.getOutputStream().write(bytes);
        if (held.size() > HELD) {
            held.remove().close();
        }
    }

    private byte[] randomBytes(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private void lengths() throws IOException {
        for (int length :
                new int[] {0, 1, 3, 4, 5, 6, 16 << 20, (16 << 20) + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            send(service, ByteBuffer.allocate(4).putInt(length).array(), randomBytes(200));
        }
    }

    private void garbage() throws IOException {
        for (int port : new int[] {service, chat, browser}) {
            send(port, randomBytes(8192));
            sendToTheEnd(port, randomBytes(8192));
        }
    }

    private void silence() throws IOException {
        for (int i = 0; i < 5; i++) {
            byte[] whole = call("1", "/math/add", "[1,2,3]");
            hold(service, Arrays.copyOf(whole, random.nextInt(whole.length)));
            hold(service, ByteBuffer.allocate(8).putInt(16 << 20).array());
            hold(chat, new byte[0]);
            hold(browser, text("GET /teleport HTTP/1.1\r\nHost: x"));
        }
    }

    private void slowBytes() throws IOException {
        if (slow.size() < 100) {
            slow.add(new Slow(open(service), call("1", "/math/add", "[1,2,3]")));
            slow.add(new Slow(open(chat), call("1", "/chat/join", "{\"room\":\"x\"}")));
        }
    }

    /** The next byte of each; whoever is through, or was cut off, goes. */
    private void goOnSlowly() {
        for (Iterator<Slow> all = slow.iterator(); all.hasNext(); ) {
            Slow next = all.next();
            try {
                next.socket.getOutputStream().write(next.left.get());
                if (!next.left.hasRemaining()) {
                    next.socket.close();
                    all.remove();
                }
            } catch (IOException e) {
                // As above.
                counts.get("one byte now and then")[1]++;
                all.remove();
            }
        }
    }

    private void filters() throws IOException {
        byte[] content = content("1", CALL, text("/math/add"), new byte[0], JSON, text("[1]"));
        byte[] unknown = new byte[255];
        Arrays.fill(unknown, (byte) 7);
        byte[] gzips = new byte[255];
        Arrays.fill(gzips, (byte) GZIP);
        byte[] packed = content;
        for (int i = 0; i < 255; i++) {
            packed = gzip(packed);
        }
        send(service, frame(unknown, content));
        send(service, frame(gzips, content));
        sendToTheEnd(service, frame(gzips, packed));
        sendToTheEnd(service, frame(new byte[] {'m'}, content));
    }

    private void bombs() throws IOException {
        byte[] filter = {GZIP};
        sendToTheEnd(service, frame(filter, BOMB));
        sendToTheEnd(service, frame(new byte[] {GZIP, GZIP}, gzip(BOMB)));
        sendToTheEnd(service, frame(filter, Arrays.copyOf(BOMB, BOMB.length / 2)));
        byte[] badSum = gzip(content("1", CALL, text("/math/add"), new byte[0], JSON, text("[1]")));
        badSum[badSum.length - 6] ^= 1;
        sendToTheEnd(service, frame(filter, badSum));
    }

    private void connections() throws IOException {
        List<Socket> opened = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                opened.add(open(new int[] {service, chat, browser}[i % 3]));
            }
        } finally {
            for (Socket socket : opened) {
                socket.close();
            }
        }
    }

    private void callsBeforeLogin() throws IOException {
        byte[] join = call("1", "/chat/join", "{\"room\":\"lobby\"}");
        sendToTheEnd(chat, join);
        byte[] auth = frame(NO_FILTERS, content("1", 4, new byte[0], new byte[0], 's', text("nobody's token")));
        sendToTheEnd(chat, auth);
        send(chat, auth, auth, join);
    }

    private void otherProtocols() throws IOException {
        byte[] hello = new byte[200];
        random.nextBytes(hello);
        System.arraycopy(new byte[] {0x16, 3, 1, 0, (byte) 195, 1, 0, 0, (byte) 191, 3, 3}, 0, hello, 0, 11);
        sendToTheEnd(service, hello);
        sendToTheEnd(browser, hello);
        sendToTheEnd(service, text("GET /math/add HTTP/1.1\r\nHost: x\r\n\r\n"));
        sendToTheEnd(browser, text("POST /teleport HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n{}"));
        sendToTheEnd(browser, text("GET /teleport HTTP/1.1\r\nX: " + "x".repeat(100_000)));
        sendToTheEnd(browser, text("GET /teleport HTTP/1.1\r\n" + "A: b\r\n".repeat(10_000) + "\r\n"));
    }

    private void oddMessages() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String sequence : List.of("1", "1", "-1", "zik0zj", "-zik0zk", "", "not a number", "99999999999999")) {
            all.writeBytes(call(sequence, "/math/add", "[1,2]"));
            send(service, all.toByteArray());
        }
        for (int type = 0; type < 256; type += 1 + random.nextInt(20)) {
            send(service, frame(NO_FILTERS, content("1", type, text("/math/add"), new byte[0], JSON, text("[1]"))));
        }
        for (byte[] route :
                new byte[][] {{}, {0}, {(byte) 0xff, (byte) 0xfe}, text("/".repeat(255)), text("/../\r\n")}) {
            send(service, frame(NO_FILTERS, content("1", CALL, route, new byte[0], JSON, text("[1]"))));
        }
    }

    private void bodies() throws IOException {
        send(service, call("1", "/math/add", "[".repeat(10_000)), call("2", "/math/add", "{\"a\":".repeat(10_000)));
        send(service, call("1", "/math/add", "[" + "1,".repeat(200_000) + "1]"));
        for (int codec : new int[] {0, 'p', 't', 'x', 'f', 255}) {
            byte[] body = codec == 'f' ? text("a=1&".repeat(100_000)) : randomBytes(5000);
            send(service, frame(NO_FILTERS, content("1", CALL, text("/math/divide"), new byte[0], codec, body)));
        }
        send(
                service,
                frame(NO_FILTERS, content("1", 3, text("/status"), new byte[0], JSON, text("\"x\\r\\nfake line\""))));
    }

    private void metadata() throws IOException {
        for (String pairs :
                List.of("a&".repeat(32_000), "%".repeat(60_000), "X-Timeout-Ms=-1", "X-Timeout-Ms=99999999999")) {
            send(service, frame(NO_FILTERS, content("1", CALL, text("/math/add"), text(pairs), JSON, text("[1]"))));
        }
    }

    private void damage() throws IOException {
        for (int i = 0; i < 20; i++) {
            byte[] bytes = call("1", "/math/add", "[1,2,3]");
            bytes[4 + random.nextInt(bytes.length - 4)] ^= (byte) (1 << random.nextInt(8));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            send(service, Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)), bytes);
        }
    }

    private void floodOfCalls() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 1; i <= FLOOD; i++) {
            all.writeBytes(call(Integer.toString(i, 36), "/echo/bytes", "x".repeat(1000)));
        }
        hold(service, all.toByteArray());
    }

    private void floodOfSleepers() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 1; i <= FLOOD; i++) {
            all.writeBytes(call(Integer.toString(i, 36), "/echo/sleep", "60000"));
        }
        send(service, all.toByteArray());
    }

    private void webSocketFrames() throws IOException {
        byte[] upgrade = upgrade("X-None: x");
        byte[][] frames = {
            {(byte) 0x81, 2, 'h', 'i'},
            {(byte) 0x89, (byte) 0xff, 127, 0, 0, 0, 0, 0, 0, 0},
            {(byte) 0x09, (byte) 0x80, 0, 0, 0, 0},
            {(byte) 0x82, (byte) 0xff, 127, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0},
            {(byte) 0xf3, (byte) 0x80, 0, 0, 0, 0},
            {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, (byte) 0xc3, (byte) 0x28},
        };
        for (byte[] webSocketFrame : frames) {
            try (Socket socket = open(browser)) {
                socket.getOutputStream().write(upgrade);
                socket.getOutputStream().write(webSocketFrame);
                socket.getInputStream().read(new byte[1000]);
            }
        }
        sendToTheEnd(browser, upgrade("Origin: https://evil.example"));
    }

    private static byte[] upgrade(String header) {
        return text(String.join(
                "\r\n",
                "GET /teleport HTTP/1.1",
                "Host: x",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                header,
                "",
                ""));
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
        for (Slow each : slow) {
            each.socket.close();
        }
    }
}
