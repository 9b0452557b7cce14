package main

import (
	"flag"

	"github.com/andeya/erpc/v7"
	"github.com/andeya/erpc/v7/plugin/proxy"
)

// proxyOptions are the flags of a server that forwards what it has no routes for.
type proxyOptions struct {
	backend string
	bare    bool
}

func proxyFlags(flags *flag.FlagSet) *proxyOptions {
	o := &proxyOptions{}
	flags.StringVar(&o.backend, "proxy-to", "", "forward calls and pushes without a route to the server at this address")
	flags.BoolVar(&o.bare, "bare", false, "have no routes")
	return o
}

// plugins dials the backend; pushes and calls that come from there have no routes here.
func (o *proxyOptions) plugins(peer *peerOptions) ([]erpc.Plugin, error) {
	if o.backend == "" {
		return nil, nil
	}
	protocol, err := peer.protocol()
	if err != nil {
		return nil, err
	}
	forwarder, status := erpc.NewPeer(peer.dialConfig(o.backend)).Dial(o.backend, protocol)
	emit("backend", fields{"addr": o.backend, "status": describeStatus(status)})
	return []erpc.Plugin{proxy.NewPlugin(func(label *proxy.Label) proxy.Forwarder {
		emit("forward", fields{"method": label.ServiceMethod, "session": label.SessionID, "real_ip": label.RealIP})
		return forwarder
	})}, nil
}
