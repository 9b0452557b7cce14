package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/andeya/erpc/v7"
	"github.com/andeya/erpc/v7/codec"
)

var errNoJSONForm = errors.New("no JSON form for this codec")

// describeStatus gives what Go's accessors say, so an unset message reads as the cause and an unset cause as the message.
func describeStatus(status *erpc.Status) fields {
	cause := ""
	if err := status.Cause(); err != nil {
		cause = err.Error()
	}
	return fields{"code": status.Code(), "msg": status.Msg(), "cause": cause}
}

// describeMeta gives the metadata twice: "meta" by key with the first value, "meta_pairs" whole and in order.
func describeMeta(visit func(func(key, value []byte))) fields {
	first := map[string]string{}
	pairs := [][2]string{}
	visit(func(key, value []byte) {
		pairs = append(pairs, [2]string{string(key), string(value)})
		if _, seen := first[string(key)]; !seen {
			first[string(key)] = string(value)
		}
	})
	return fields{"meta": first, "meta_pairs": pairs}
}

// describeBody gives a body under key as JSON where its codec has a JSON form, else null with the bytes in key_hex and
// the reason in key_error.
func describeBody(key string, codecID byte, body []byte) fields {
	described := fields{"codec": codecName(codecID), "codec_id": codecID, "size": len(body), key: nil}
	value, err := bodyAsJSON(codecID, body)
	if err != nil {
		return described.with(fields{key + "_hex": hex.EncodeToString(body), key + "_error": err.Error()})
	}
	described[key] = value
	return described
}

// bodyAsJSON decodes with erpc's codec of that id; an empty body is null.
func bodyAsJSON(codecID byte, body []byte) (any, error) {
	if len(body) == 0 {
		return nil, nil
	}
	switch codecID {
	case codec.ID_JSON:
		var value json.RawMessage
		err := codec.Unmarshal(codecID, body, &value)
		return value, err
	case codec.ID_PLAIN:
		var text string
		err := codec.Unmarshal(codecID, body, &text)
		return text, err
	case codec.ID_FORM, codec.ID_XML, codec.ID_PROTOBUF, codec.ID_THRIFT:
		sample := &Sample{}
		err := codec.Unmarshal(codecID, body, sample)
		return sample, err
	default:
		return nil, errNoJSONForm
	}
}
