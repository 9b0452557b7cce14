package main

import (
	"errors"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/andeya/erpc/v7"
	"github.com/andeya/erpc/v7/plugin/heartbeat"
	"github.com/andeya/erpc/v7/plugin/ignorecase"
	"github.com/andeya/erpc/v7/plugin/overloader"
	"github.com/andeya/erpc/v7/plugin/secure"
)

// pluginOptions are the flags of erpc's own plugins; without any of them a peer has none.
type pluginOptions struct {
	auth authOptions

	pingSeconds int
	pingBy      string
	pong        bool

	secureKey  string
	secureCode int

	ignoreCase bool

	limits        overloader.LimitConfig
	maxConnection int
	maxTotal      int
}

func pluginFlags(flags *flag.FlagSet) *pluginOptions {
	p := &pluginOptions{}
	p.auth.flags(flags)
	flags.IntVar(&p.pingSeconds, "ping", 0, "send heartbeats at this rate in seconds (erpc makes less than 3 to 3)")
	flags.StringVar(&p.pingBy, "ping-by", "call", "what heartbeats are sent as: call or push")
	flags.BoolVar(&p.pong, "pong", false, "answer heartbeats, and close sessions whose heartbeats stay away")
	flags.StringVar(&p.secureKey, "secure-key", "", "key of 16, 24 or 32 letters for bodies with metadata X-Secure")
	flags.IntVar(&p.secureCode, "secure-code", 100_001, "status code of what cannot be decrypted")
	flags.BoolVar(&p.ignoreCase, "ignore-case", false, "lower-case the service methods that come in")
	flags.IntVar(&p.maxConnection, "max-connections", 0, "connections allowed at the same time, 0 for any number")
	flags.IntVar(&p.maxTotal, "max-qps", 0, "calls and pushes allowed in a second, 0 for any number")
	flags.DurationVar(&p.limits.QPSInterval, "qps-interval", 100*time.Millisecond, "how often erpc hands out new ones")
	flags.Func("handler-qps", "METHOD=N, calls or pushes of one method allowed in a second, repeatable", p.handlerLimit)
	return p
}

func (p *pluginOptions) handlerLimit(pair string) error {
	method, limit, found := strings.Cut(pair, "=")
	number, err := strconv.ParseInt(limit, 10, 32)
	if !found || err != nil {
		return fmt.Errorf("%q is not METHOD=N", pair)
	}
	p.limits.MaxHandlerQPS = append(p.limits.MaxHandlerQPS, overloader.HandlerLimit{ServiceMethod: method, MaxQPS: int32(number)})
	return nil
}

// plugins makes those asked for; what could make erpc end the process is checked here.
func (p *pluginOptions) plugins(server bool) ([]erpc.Plugin, error) {
	var plugins []erpc.Plugin
	p.limits.MaxConn, p.limits.MaxTotalQPS = int32(p.maxConnection), int32(p.maxTotal)
	if p.limits.QPSInterval <= 0 || p.limits.QPSInterval > time.Second {
		return nil, errors.New("--qps-interval must be above 0 and at most 1s, else erpc divides by zero")
	}
	if p.maxConnection > 0 || p.maxTotal > 0 || len(p.limits.MaxHandlerQPS) > 0 {
		plugins = append(plugins, overloader.New(p.limits))
	}
	own, err := p.auth.plugins(server)
	if err != nil {
		return nil, err
	}
	plugins = append(plugins, own...)
	if p.pong || p.pingSeconds > 0 {
		plugins = append(plugins, heartbeatEvents{})
	}
	if p.pong {
		plugins = append(plugins, heartbeat.NewPong())
	}
	if p.pingSeconds > 0 {
		switch p.pingBy {
		case "call", "push":
			plugins = append(plugins, heartbeat.NewPing(p.pingSeconds, p.pingBy == "call"))
		default:
			return nil, fmt.Errorf("--ping-by %q is neither call nor push", p.pingBy)
		}
	}
	if p.ignoreCase {
		plugins = append(plugins, ignorecase.NewIgnoreCase())
	}
	switch len(p.secureKey) {
	case 0:
	case 16, 24, 32:
		plugins = append(plugins, secure.NewPlugin(int32(p.secureCode), p.secureKey))
	default:
		return nil, fmt.Errorf("--secure-key has %d letters, not 16, 24 or 32", len(p.secureKey))
	}
	return plugins, nil
}

// heartbeatEvents reports heartbeats: those sent once written, those received once their header is read.
type heartbeatEvents struct{}

var (
	_ erpc.PostWriteCallPlugin      = heartbeatEvents{}
	_ erpc.PostWritePushPlugin      = heartbeatEvents{}
	_ erpc.PostReadCallHeaderPlugin = heartbeatEvents{}
	_ erpc.PostReadPushHeaderPlugin = heartbeatEvents{}
)

func (heartbeatEvents) Name() string { return "heartbeat-events" }

func (heartbeatEvents) PostWriteCall(ctx erpc.WriteCtx) *erpc.Status {
	return tellHeartbeat("ping_sent", ctx.Output())
}

func (heartbeatEvents) PostWritePush(ctx erpc.WriteCtx) *erpc.Status {
	return tellHeartbeat("ping_sent", ctx.Output())
}

func (heartbeatEvents) PostReadCallHeader(ctx erpc.ReadCtx) *erpc.Status {
	return tellHeartbeat("ping_received", ctx.Input())
}

func (heartbeatEvents) PostReadPushHeader(ctx erpc.ReadCtx) *erpc.Status {
	return tellHeartbeat("ping_received", ctx.Input())
}

func tellHeartbeat(event string, message erpc.Message) *erpc.Status {
	if message.ServiceMethod() == heartbeat.HeartbeatServiceMethod {
		emit(event, fields{"by": erpc.TypeText(message.Mtype()), "rate": string(message.Meta().Peek("hb_"))})
	}
	return nil
}
