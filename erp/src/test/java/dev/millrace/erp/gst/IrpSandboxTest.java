package dev.millrace.erp.gst;

class IrpSandboxTest extends IrpClientContract {
    @Override
    IrpClient portal() {
        return sandbox;
    }
}
