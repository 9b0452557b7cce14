package io.teleport.peer;

class TcpRedialTests extends RedialContract {

    @Override
    String address() {
        return "tcp://127.0.0.1:0";
    }
}
