package main

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/andeya/erpc/v7"
)

// client runs one case on one session.
type client struct {
	clientOptions
	session erpc.Session
}

// clientOptions are the client's flags, checked.
type clientOptions struct {
	peer     *peerOptions
	address  string
	caseName string
	timeout  time.Duration

	method   string
	body     any
	rawBody  []byte
	codecID  int
	settings []erpc.MessageSetting

	count        int
	size         int
	milliseconds int64
	kind         string
	how          closing
	awaitInput   bool
}

// cases maps the values of --do.
var cases = map[string]func(*client){
	"call":            (*client).call,
	"call_raw":        (*client).callRaw,
	"push":            (*client).push,
	"many":            (*client).many,
	"big":             (*client).big,
	"bad_body":        (*client).badBody,
	"unknown_route":   (*client).unknownRoute,
	"close_in_flight": (*client).closeInFlight,
	"serve":           (*client).serve,
}

func runClient(args []string) {
	c := &client{clientOptions: parseClient(args)}
	guard := time.AfterFunc(c.timeout, func() {
		emit("timeout", fields{"case": c.caseName, "after": c.timeout.String()})
		os.Exit(exitTimeout)
	})
	defer guard.Stop()
	if !c.dial() {
		return
	}
	cases[c.caseName](c)
	emit("done", fields{"case": c.caseName, "close_error": errorText(closing{}.closeSession(c.session))})
}

// dial reports the attempt and whether it gave a session.
func (c *client) dial() bool {
	protocol, err := c.peer.protocol()
	if err != nil {
		failUsage("%v", err)
	}
	reports := &sessionEvents{}
	plugins, err := c.peer.plugins.plugins(false)
	if err != nil {
		failUsage("%v", err)
	}
	plugins = append(append(c.peer.webSocketPlugins(), plugins...), reports)
	peer := erpc.NewPeer(c.peer.dialConfig(c.address), plugins...)
	if err = c.peer.tls.apply(peer); err != nil {
		failUsage("%v", err)
	}
	routeClient(peer)
	session, status := peer.Dial(c.address, protocol)
	emit("dial", fields{"addr": c.address, "status": describeStatus(status)})
	if !status.OK() {
		return false
	}
	c.session = session
	reports.announce(session) // short cases may end before the session's reader starts
	return true
}

func parseClient(args []string) clientOptions {
	flags := flag.NewFlagSet("client", flag.ExitOnError)
	o := clientOptions{peer: peerFlags(flags)}
	var message options
	flags.StringVar(&o.address, "addr", "", "address to dial")
	flags.StringVar(&o.caseName, "do", "", "case to run: "+strings.Join(caseNames(), ", "))
	flags.DurationVar(&o.timeout, "timeout", 30*time.Second, "time for everything, then exit code 3")
	flags.StringVar(&o.method, "method", "", "service method; most cases have a default")
	arguments := flags.String("args", "", "JSON argument")
	bodyHex := flags.String("body-hex", "", "raw body (call_raw, bad_body)")
	flags.IntVar(&o.codecID, "codec-id", 'j', "codec id announced with a raw body, decimal")
	flags.StringVar(&message.Filters, "filters", "", "filter ids, one character each, outermost first: g, m, gm")
	flags.Func("meta", "metadata as key=value, repeatable", func(pair string) error {
		key, value, found := strings.Cut(pair, "=")
		if !found {
			return fmt.Errorf("no = in %q", pair)
		}
		message.Meta = append(message.Meta, [2]string{key, value})
		return nil
	})
	flags.IntVar(&o.count, "n", 200, "number of calls (many, close_in_flight)")
	flags.IntVar(&o.size, "size", 1<<20, "body size in bytes (big)")
	flags.Int64Var(&o.milliseconds, "ms", 500, "argument of the sleeping calls (close_in_flight)")
	flags.StringVar(&o.kind, "kind", "sum", "what many sends and expects: sum, number, bytes")
	flags.BoolVar(&o.how.Abrupt, "abrupt", false, "close the connection without waiting (close_in_flight)")
	flags.BoolVar(&o.how.Reset, "reset", false, "close the connection with a TCP reset (close_in_flight)")
	flags.BoolVar(&o.awaitInput, "await-input", false, "close when a line comes on standard input (close_in_flight)")
	parse(flags, args)

	message.Codec = o.peer.codec
	if err := o.check(message, *arguments, *bodyHex); err != nil {
		failUsage("%v", err)
	}
	return o
}

// check finds every mistake in the flags before anything is dialed.
func (o *clientOptions) check(message options, arguments, bodyHex string) (err error) {
	if _, known := cases[o.caseName]; !known {
		return fmt.Errorf("--do needs one of %s", strings.Join(caseNames(), ", "))
	}
	if o.address == "" {
		return fmt.Errorf("--addr is needed")
	}
	if _, known := kinds[o.kind]; !known {
		return fmt.Errorf("unknown kind %q", o.kind)
	}
	if o.count < 0 || o.size < 0 {
		return fmt.Errorf("-n and -size cannot be negative")
	}
	if o.codecID < 0 || o.codecID > 255 {
		return fmt.Errorf("codec id %d is not a byte", o.codecID)
	}
	if _, err = o.peer.protocol(); err != nil {
		return err
	}
	if o.settings, err = message.settings(); err != nil {
		return err
	}
	if o.body, err = message.body(json.RawMessage(arguments)); err != nil {
		return err
	}
	o.rawBody, err = hex.DecodeString(bodyHex)
	return err
}

func (o *clientOptions) methodOr(standard string) string {
	if o.method == "" {
		return standard
	}
	return o.method
}

func caseNames() []string {
	names := make([]string, 0, len(cases))
	for name := range cases {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
