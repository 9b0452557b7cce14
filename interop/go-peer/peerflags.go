package main

import (
	"flag"
	"strings"
	"time"

	"github.com/andeya/erpc/v7"
	"github.com/andeya/erpc/v7/codec"
)

// peerOptions are the flags both roles share.
type peerOptions struct {
	network      string
	protocolName string
	codec        string
	logLevel     string
	path         string
	tls          *tlsOptions
	plugins      *pluginOptions

	redialTimes    int
	redialInterval time.Duration
	contextAge     time.Duration
	sessionAge     time.Duration
}

func peerFlags(flags *flag.FlagSet) *peerOptions {
	p := &peerOptions{tls: tlsFlags(flags), plugins: pluginFlags(flags)}
	flags.StringVar(&p.network, "network", "tcp", "erpc network: tcp, tcp4, tcp6 or unix (addresses are paths)")
	flags.StringVar(&p.protocolName, "proto", "raw", strings.Join(protocolNames(), ", "))
	flags.StringVar(&p.path, "path", "/", "path of the WebSocket (ws-json, ws-protobuf)")
	flags.StringVar(&p.codec, "codec", codec.NAME_JSON, "default body codec by name")
	flags.IntVar(&p.redialTimes, "redial-times", 0, "attempts of erpc to dial again, below 0 for any number")
	flags.DurationVar(&p.redialInterval, "redial-interval", 100*time.Millisecond, "time between two of these attempts")
	flags.DurationVar(&p.contextAge, "context-age", 0, "erpc's default context age, 0 for none")
	flags.DurationVar(&p.sessionAge, "session-age", 0, "erpc's default session age, 0 for none")
	flags.StringVar(&p.logLevel, "log", "WARNING", "level of erpc's log on standard error, OFF to TRACE")
	return p
}

// parse reads the flags of a role; anything left over is a mistake.
func parse(flags *flag.FlagSet, args []string) {
	_ = flags.Parse(args) // reports and exits by itself
	if flags.NArg() > 0 {
		failUsage("unexpected argument %q", flags.Arg(0))
	}
}

func (p *peerOptions) overWebSocket() bool { return strings.HasPrefix(p.protocolName, "ws-") }

func (p *peerOptions) config() erpc.PeerConfig {
	erpc.SetLoggerLevel(p.logLevel)
	return erpc.PeerConfig{
		Network: p.network, DefaultBodyCodec: p.codec,
		RedialTimes: int32(p.redialTimes), RedialInterval: p.redialInterval,
		DefaultContextAge: p.contextAge, DefaultSessionAge: p.sessionAge,
	}
}

// protocol checks what would otherwise make erpc end the process.
func (p *peerOptions) protocol() (erpc.ProtoFunc, error) {
	if _, err := codec.GetByName(p.codec); err != nil {
		return nil, err
	}
	onlyStructs = p.protocolName == "thrift-struct"
	return protocolByName(p.protocolName)
}
