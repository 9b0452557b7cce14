package io.teleport.peer;

class LocalRedialTests extends RedialContract {

    @Override
    String address() {
        return "local://redial";
    }
}
