import time
from constancias import firma, rendering, services
from constancias.enums import Tipo
from tests.constancias import hojas
def test_t(llave, capsys):
    services.prepare(facts=hojas.facts(), tipo=Tipo.CONSTANCIA)
    with capsys.disabled():
        for tipo in Tipo:
            h=hojas.hoja(tipo)
            def m(f,n=7):
                best=9; cpu=9
                for _ in range(n):
                    a=time.perf_counter(); c=time.process_time(); r=f(); best=min(best,time.perf_counter()-a); cpu=min(cpu,time.process_time()-c)
                return r, f"{best*1000:.0f} ms wall {cpu*1000:.0f} cpu"
            html,t0=m(lambda: rendering.to_html(h,"MEUC")); pdf,t1=m(lambda: rendering.to_pdf(h,"MEUC")); _,t2=m(lambda: firma.sign(pdf,llave=llave,emisor=hojas.EMISOR)); _,t3=m(lambda: services.prepare(facts=hojas.facts(),tipo=tipo))
            print(tipo.value,t0,'|',t1,'|sign',t2,'|all',t3)
