package main

import (
	"flag"
	"fmt"

	"github.com/andeya/erpc/v7"
	"github.com/andeya/erpc/v7/codec"
	"github.com/andeya/erpc/v7/plugin/auth"
)

const (
	codeForbidden = 403
	garbage       = "garbage"
)

// authOptions are the flags of the auth plugin: who dials shows --auth-info, who listens wants --auth-token.
type authOptions struct {
	info    string
	token   string
	codec   string
	misdeed string
}

// misdeeds maps the values of --auth-misdeed to what a side does instead of its work; the checker has been shown something by
// then, the bearer has sent nothing.
var misdeeds = map[string]func(session erpc.PreSession){
	"silent": func(erpc.PreSession) { select {} },
	"push":   func(session erpc.PreSession) { session.PreSend(erpc.TypePush, "/status", "hello", nil) },
	"call":   func(session erpc.PreSession) { session.PreSend(erpc.TypeCall, "/client/add", []int{1}, nil) },
}

func (o *authOptions) flags(flags *flag.FlagSet) {
	flags.StringVar(&o.info, "auth-info", "", "what a client shows of itself")
	flags.StringVar(&o.token, "auth-token", "", "what a server wants to be shown")
	flags.StringVar(&o.codec, "auth-codec", codec.NAME_PLAIN, "codec of what is shown and answered: plain or json")
	flags.StringVar(&o.misdeed, "auth-misdeed", "",
		"what a server does once it was shown something, or a client before it shows anything: silent (for ever), push or call (send that); "+
			"a client: garbage (show bytes that are not of the codec)")
}

func (o *authOptions) plugins(server bool) ([]erpc.Plugin, error) {
	wanted := o.info
	if server {
		wanted = o.token
	}
	if wanted == "" {
		return nil, nil
	}
	known, err := codec.GetByName(o.codec)
	if err != nil {
		return nil, err
	}
	if _, isKnown := misdeeds[o.misdeed]; !isKnown && o.misdeed != "" && (server || o.misdeed != garbage) {
		return nil, fmt.Errorf("unknown misdeed %q", o.misdeed)
	}
	inCodec := erpc.WithBodyCodec(known.ID())
	if server {
		return []erpc.Plugin{auth.NewCheckerPlugin(o.check, inCodec)}, nil
	}
	return []erpc.Plugin{auth.NewBearerPlugin(o.bear, inCodec)}, nil
}

func (o *authOptions) bear(session auth.Session, send auth.SendOnce) *erpc.Status {
	o.misbehave(session)
	var info any = o.info
	if o.misdeed == garbage {
		info = []byte(o.info)
	}
	var answer string
	status := send(info, &answer)
	emit("auth_shown", fields{"info": o.info, "answer": answer, "status": describeStatus(status)})
	return status
}

// check lets in who shows the token.
func (o *authOptions) check(session auth.Session, receive auth.RecvOnce) (any, *erpc.Status) {
	var info string
	if status := receive(&info); !status.OK() {
		emit("auth_checked", fields{"info": info, "status": describeStatus(status)})
		return nil, status
	}
	o.misbehave(session)
	var status *erpc.Status
	if info != o.token {
		status = erpc.NewStatus(codeForbidden, "auth fail", "wrong token")
	}
	emit("auth_checked", fields{"info": info, "status": describeStatus(status)})
	if !status.OK() {
		return nil, status
	}
	return "welcome", nil
}

func (o *authOptions) misbehave(session auth.Session) {
	if misdeed := misdeeds[o.misdeed]; misdeed != nil {
		emit("auth_misdeed", fields{"misdeed": o.misdeed})
		misdeed(session.(erpc.PreSession))
	}
}
