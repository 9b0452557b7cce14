package main

import (
	"flag"
	"fmt"
	"sync"

	"github.com/andeya/erpc/v7"
)

func runServer(args []string) {
	flags := flag.NewFlagSet("server", flag.ExitOnError)
	peer := peerFlags(flags)
	listen := flags.String("listen", "127.0.0.1:0", "address to listen on, port 0 for any free one")
	proxying := proxyFlags(flags)
	parse(flags, args)

	protocol, err := peer.protocol()
	if err != nil {
		failUsage("%v", err)
	}
	config, err := peer.listenConfig(*listen)
	if err != nil {
		failUsage("%v", err)
	}
	plugins, err := peer.plugins.plugins(true)
	if err != nil {
		failUsage("%v", err)
	}
	forwarding, err := proxying.plugins(peer)
	if err != nil {
		failUsage("%v", err)
	}
	server := erpc.NewPeer(config, append(append(plugins, forwarding...), &sessionEvents{})...)
	if err = peer.tls.apply(server); err != nil {
		failUsage("%v", err)
	}
	if !proxying.bare {
		routeServer(server)
	}
	go func() {
		emit("listening_ended", fields{"error": errorText(peer.serve(server, config, protocol))})
	}()
	readCommands(func(given command) error { return serverCommand(server, given) })
}

// serve listens until that ends. erpc ends the process with code 1 when it cannot listen.
func (p *peerOptions) serve(server erpc.Peer, config erpc.PeerConfig, protocol erpc.ProtoFunc) error {
	if p.overWebSocket() {
		return p.serveWebSocket(server, config, protocol)
	}
	return server.ListenAndServe(protocol)
}

func serverCommand(server erpc.Peer, given command) error {
	sessions := openSessions(server)
	switch given.Cmd {
	case "sessions":
		ids := []string{}
		for _, session := range sessions {
			ids = append(ids, session.ID())
		}
		emit("sessions", fields{"count": len(ids), "ids": ids})
	case "push_all":
		for _, session := range sessions {
			status := session.Push(given.Method, given.Text)
			emit("pushed", fields{"session": session.ID(), "method": given.Method, "status": describeStatus(status)})
		}
		emit("push_all_done", fields{"count": len(sessions)})
	case "call_all":
		go onAll("call_all_done", sessions, func(session erpc.Session) {
			result := call(session, given.Method, given.Numbers)
			emit("result", fields{"session": session.ID(), "method": given.Method}.with(result.fields()))
		})
	case "close_all":
		go onAll("close_all_done", sessions, func(session erpc.Session) {
			if err := given.closeSession(session); err != nil {
				emit("close_failed", fields{"session": session.ID(), "error": err.Error()})
			}
		})
	default:
		return fmt.Errorf("unknown command %q", given.Cmd)
	}
	return nil
}

func openSessions(peer erpc.Peer) []erpc.Session {
	var sessions []erpc.Session
	peer.RangeSession(func(session erpc.Session) bool {
		sessions = append(sessions, session)
		return true
	})
	return sessions
}

// onAll works on all sessions at once and emits the event when the last is done.
func onAll(doneEvent string, sessions []erpc.Session, work func(erpc.Session)) {
	var running sync.WaitGroup
	for _, session := range sessions {
		running.Add(1)
		go func(session erpc.Session) {
			defer running.Done()
			work(session)
		}(session)
	}
	running.Wait()
	emit(doneEvent, fields{"count": len(sessions)})
}
