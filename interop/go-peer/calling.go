package main

import (
	"encoding/json"
	"fmt"

	"github.com/andeya/erpc/v7"
	"github.com/andeya/erpc/v7/codec"
)

// outcome is what a CALL of this side came to. The body is kept as bytes: erpc reports a reply it cannot decode as OK
// with an empty result, which would hide the fault from the test.
type outcome struct {
	command erpc.CallCmd
	body    []byte
	sample  *Sample // instead of the body, where it can only be a struct
}

// call sends a CALL and waits for its end.
func call(session erpc.CtxSession, method string, body any, settings ...erpc.MessageSetting) *outcome {
	result := &outcome{}
	result.command = session.Call(method, body, result.holder(), settings...)
	return result
}

// holder is what erpc is to put the result into.
func (o *outcome) holder() any {
	if onlyStructs {
		o.sample = &Sample{}
		return o.sample
	}
	return &o.body
}

func (o *outcome) ok() bool { return o.command.StatusOK() }

func (o *outcome) fields() fields {
	described := fields{"status": describeStatus(o.command.Status())}.with(describeMeta(o.visitMeta))
	codecID := o.command.InputBodyCodec()
	if o.sample != nil {
		return described.with(fields{"codec": codecName(codecID), "codec_id": codecID, "result": o.sample})
	}
	return described.with(describeBody("result", codecID, o.body))
}

// visitMeta visits the reply's metadata; a call that ended without a reply has none.
func (o *outcome) visitMeta(visit func(key, value []byte)) {
	if meta := o.command.InputMeta(); meta != nil {
		meta.VisitAll(visit)
	}
}

// options are what a CALL or PUSH can carry besides method and body. The codec also says how args become a body.
type options struct {
	Meta    [][2]string `json:"meta"`
	Filters string      `json:"filters"`
	Codec   string      `json:"codec"`
}

func (o options) settings() ([]erpc.MessageSetting, error) {
	ids, err := filterIDs(o.Filters)
	if err != nil {
		return nil, err
	}
	bodyCodec, err := codec.GetByName(o.Codec)
	if err != nil {
		return nil, err
	}
	settings := []erpc.MessageSetting{erpc.WithXferPipe(ids...), erpc.WithBodyCodec(bodyCodec.ID())}
	for _, pair := range o.Meta {
		settings = append(settings, erpc.WithAddMeta(pair[0], pair[1]))
	}
	return settings, nil
}

// body turns JSON arguments into the object given to the codec; no arguments are an empty body.
func (o options) body(args json.RawMessage) (any, error) {
	if len(args) == 0 {
		return nil, nil
	}
	if !json.Valid(args) {
		return nil, fmt.Errorf("arguments are not JSON: %s", args)
	}
	switch o.Codec {
	case codec.NAME_JSON:
		return args, nil
	case codec.NAME_PLAIN:
		var text string
		if json.Unmarshal(args, &text) != nil {
			text = string(args) // a number or a boolean stands for itself
		}
		return text, nil
	default:
		return sampleOf(args)
	}
}
